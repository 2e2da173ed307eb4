/*
 * A recorder for power-cut tests, loaded before libc (LD_PRELOAD). Every call that changes a file or a folder under
 * $REC_DIR is appended to $REC_LOG, and so is every line written to standard output: what the program acknowledged, and
 * when. The replayer (tests/it/support/replay.rs) rebuilds the folder as a power cut could have left it.
 *
 * A record: op u8, path length u16, offset u64, data length u32 (all little-endian), path, data.
 *   C file made             W data written at offset     T cut or stretched to offset     F stretched to at least offset
 *   S file or folder synced U file removed               R renamed from data to path      L linked from data to path
 *   D folder made           X folder removed             A standard output
 *   N what a folder holds, before its S: lines of inode, space, name; finds what was renamed by a bare system call
 * C carries the file's inode in place of an offset.
 * With REC_SYNC=off nothing is forced to disk and everything is said to be, as SQLite's synchronous=OFF and disks that lie
 * do it: the fault by which the suite shows that it bites.
 * Paths are relative to $REC_DIR; "." is the folder itself. Only what succeeded is recorded. The order in the log is the
 * order of the calls: one lock is held around each call and its record.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define LONGEST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static char folder[LONGEST];
static size_t folder_len;
static int lies;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
    const char *dir = getenv("REC_DIR"), *log = getenv("REC_LOG");
    if (!dir || !log || !realpath(dir, folder)) return;
    folder_len = strlen(folder);
    const char *sync = getenv("REC_SYNC");
    lies = sync && strcmp(sync, "off") == 0;
    log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void record(char op, const char *path, uint64_t offset, const void *data, uint32_t length) {
    if (log_fd < 0) return;
    int saved = errno;
    uint16_t path_len = strlen(path);
    char head[15];
    head[0] = op;
    memcpy(head + 1, &path_len, 2);
    memcpy(head + 3, &offset, 8);
    memcpy(head + 11, &length, 4);
    struct iovec parts[3] = {{head, 15}, {(void *)path, path_len}, {(void *)data, data ? length : 0}};
    size_t whole = 15 + path_len + (data ? length : 0);
    /* Half a record would make the whole log useless: better that the test fails loudly. */
    if (REAL(writev)(log_fd, parts, 3) != (ssize_t)whole) abort();
    errno = saved;
}

/* The part of an absolute path under the folder, or NULL. */
static const char *inside(const char *path) {
    if (log_fd < 0 || strncmp(path, folder, folder_len) != 0) return NULL;
    if (path[folder_len] == 0) return ".";
    return path[folder_len] == '/' ? path + folder_len + 1 : NULL;
}

/* Where an open file lies now, or NULL if not under the folder. Asking the kernel survives dup and rename. */
static const char *of_fd(int fd, char *buffer) {
    if (log_fd < 0 || fd == log_fd) return NULL;
    int saved = errno;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, buffer, LONGEST - 1);
    errno = saved;
    if (n <= 0) return NULL;
    buffer[n] = 0;
    size_t gone = strlen(" (deleted)");
    if ((size_t)n > gone && strcmp(buffer + n - gone, " (deleted)") == 0) return NULL;
    return inside(buffer);
}

/* The same for a path: its folder is resolved, its last part is not. */
static const char *of_path(int at, const char *path, char *buffer) {
    if (log_fd < 0 || !path) return NULL;
    int saved = errno;
    char joined[2 * LONGEST], base[LONGEST] = "";
    if (path[0] == '/') {
        snprintf(joined, sizeof joined, "%s", path);
    } else {
        if (at == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return NULL;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n > 0) base[n] = 0;
        }
        snprintf(joined, sizeof joined, "%s/%s", base, path);
    }
    size_t n = strlen(joined);
    while (n > 1 && joined[n - 1] == '/') joined[--n] = 0;
    char *slash = strrchr(joined, '/');
    if (!slash) return NULL;
    char last[LONGEST];
    snprintf(last, sizeof last, "%s", slash + 1);
    *slash = 0;
    char parent[LONGEST];
    int ok = realpath(joined[0] ? joined : "/", parent) != NULL;
    errno = saved;
    if (!ok || snprintf(buffer, LONGEST, "%s/%s", strcmp(parent, "/") ? parent : "", last) >= LONGEST) return NULL;
    return inside(buffer);
}

static int opened(int fd, int flags, int existed) {
    char buffer[LONGEST];
    const char *path = fd >= 0 ? of_fd(fd, buffer) : NULL;
    struct stat now;
    if (path && (flags & O_CREAT) && !existed) record('C', path, fstat(fd, &now) ? 0 : now.st_ino, NULL, 0);
    if (path && existed && (flags & O_TRUNC)) record('T', path, 0, NULL, 0);
    return fd;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
#define LOCKED(type, call) pthread_mutex_lock(&lock); type result = call
#define DONE pthread_mutex_unlock(&lock); return result

#define OPEN(name) int name(const char *path, int flags, ...) { MODE \
    if (log_fd < 0 || !(flags & (O_CREAT | O_TRUNC))) return REAL(name)(path, flags, mode); \
    pthread_mutex_lock(&lock); int existed = access(path, F_OK) == 0; \
    int result = opened(REAL(name)(path, flags, mode), flags, existed); DONE; }
OPEN(open)
OPEN(open64)

#define OPENAT(name) int name(int at, const char *path, int flags, ...) { MODE \
    if (log_fd < 0 || !(flags & (O_CREAT | O_TRUNC))) return REAL(name)(at, path, flags, mode); \
    pthread_mutex_lock(&lock); int existed = faccessat(at, path, F_OK, 0) == 0; \
    int result = opened(REAL(name)(at, path, flags, mode), flags, existed); DONE; }
OPENAT(openat)
OPENAT(openat64)

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static ssize_t written(int fd, ssize_t n, const void *data, uint64_t offset) {
    char buffer[LONGEST];
    if (n <= 0) return n;
    const char *path = of_fd(fd, buffer);
    if (path) record('W', path, offset, data, n);
    else if (fd == 1) record('A', "", 0, data, n);
    return n;
}

static uint64_t position(int fd, ssize_t n) {
    int saved = errno;
    off_t at = lseek(fd, 0, SEEK_CUR);
    errno = saved;
    return at < n ? 0 : (uint64_t)(at - n);
}

ssize_t write(int fd, const void *data, size_t n) {
    if (log_fd < 0) return REAL(write)(fd, data, n);
    LOCKED(ssize_t, REAL(write)(fd, data, n));
    written(fd, result, data, position(fd, result));
    DONE;
}

#define PWRITE(name, type) ssize_t name(int fd, const void *data, size_t n, type offset) { \
    if (log_fd < 0) return REAL(name)(fd, data, n, offset); \
    LOCKED(ssize_t, REAL(name)(fd, data, n, offset)); written(fd, result, data, offset); DONE; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static void gathered(int fd, const struct iovec *parts, int count, ssize_t n, uint64_t offset) {
    for (int i = 0; i < count && n > 0; i++) {
        ssize_t part = n < (ssize_t)parts[i].iov_len ? n : (ssize_t)parts[i].iov_len;
        written(fd, part, parts[i].iov_base, offset);
        offset += part;
        n -= part;
    }
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (log_fd < 0) return REAL(writev)(fd, parts, count);
    LOCKED(ssize_t, REAL(writev)(fd, parts, count));
    gathered(fd, parts, count, result, position(fd, result));
    DONE;
}

#define PWRITEV(name, type) ssize_t name(int fd, const struct iovec *parts, int count, type offset) { \
    if (log_fd < 0) return REAL(name)(fd, parts, count, offset); \
    LOCKED(ssize_t, REAL(name)(fd, parts, count, offset)); gathered(fd, parts, count, result, offset); DONE; }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

/* Copies within the kernel are refused under the folder: the program falls back to reading and writing, which is seen. */
ssize_t copy_file_range(int in, off64_t *in_off, int out, off64_t *out_off, size_t n, unsigned flags) {
    char buffer[LONGEST];
    if (of_fd(out, buffer)) { errno = EXDEV; return -1; }
    return REAL(copy_file_range)(in, in_off, out, out_off, n, flags);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t n) {
    char buffer[LONGEST];
    if (of_fd(out, buffer)) { errno = EINVAL; return -1; }
    ssize_t (*real)(int, int, off64_t *, size_t) = dlsym(RTLD_NEXT, "sendfile64");
    return real(out, in, offset, n);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t n) {
    char buffer[LONGEST];
    if (of_fd(out, buffer)) { errno = EINVAL; return -1; }
    ssize_t (*real)(int, int, off_t *, size_t) = dlsym(RTLD_NEXT, "sendfile");
    return real(out, in, offset, n);
}

static void list(int fd, const char *path) {
    struct stat now;
    char name[64], *text = NULL;
    size_t length = 0;
    if (fstat(fd, &now) || !S_ISDIR(now.st_mode)) return;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    DIR *entries = opendir(name);
    FILE *lines = open_memstream(&text, &length);
    if (!entries || !lines) abort();
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            fprintf(lines, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    }
    fclose(lines);
    closedir(entries);
    record('N', path, 0, text, length);
    free(text);
}

static void simple(char op, int fd, int failed, uint64_t offset) {
    char buffer[LONGEST];
    const char *path = failed ? NULL : of_fd(fd, buffer);
    if (path && op == 'S') list(fd, path);
    if (path && !(lies && op == 'S')) record(op, path, offset, NULL, 0);
}

#define CUT(name, type) int name(int fd, type size) { \
    if (log_fd < 0) return REAL(name)(fd, size); \
    LOCKED(int, REAL(name)(fd, size)); simple('T', fd, result, size); DONE; }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define ALLOCATE(name, type) int name(int fd, type from, type size) { \
    if (log_fd < 0) return REAL(name)(fd, from, size); \
    LOCKED(int, REAL(name)(fd, from, size)); simple('F', fd, result, from + size); DONE; }
ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)

/* Other modes punch holes or shift data: nothing here uses them, and what would is to be told so. */
#define FALLOCATE(name, type) int name(int fd, int mode, type from, type size) { \
    char buffer[LONGEST]; \
    if (log_fd < 0) return REAL(name)(fd, mode, from, size); \
    if (mode != 0 && of_fd(fd, buffer)) { errno = EOPNOTSUPP; return -1; } \
    LOCKED(int, REAL(name)(fd, mode, from, size)); simple('F', fd, result, from + size); DONE; }
FALLOCATE(fallocate, off_t)
FALLOCATE(fallocate64, off64_t)

#define SYNC(name) int name(int fd) { \
    if (log_fd < 0) return REAL(name)(fd); \
    LOCKED(int, lies ? 0 : REAL(name)(fd)); simple('S', fd, result, 0); DONE; }
SYNC(fsync)
SYNC(fdatasync)

#define ON_PATH(op, at, path, call) \
    char buffer[LONGEST]; \
    if (log_fd < 0) return call; \
    pthread_mutex_lock(&lock); const char *mine = of_path(at, path, buffer); int result = call; \
    if (!result && mine) { record(op, mine, 0, NULL, 0); } \
    DONE

int unlink(const char *path) { ON_PATH('U', AT_FDCWD, path, REAL(unlink)(path)); }
int rmdir(const char *path) { ON_PATH('X', AT_FDCWD, path, REAL(rmdir)(path)); }
int mkdir(const char *path, mode_t mode) { ON_PATH('D', AT_FDCWD, path, REAL(mkdir)(path, mode)); }
int mkdirat(int at, const char *path, mode_t mode) { ON_PATH('D', at, path, REAL(mkdirat)(at, path, mode)); }
int unlinkat(int at, const char *path, int flags) {
    ON_PATH((flags & AT_REMOVEDIR) ? 'X' : 'U', at, path, REAL(unlinkat)(at, path, flags));
}

/* What moves in or out of the folder cannot be replayed: an empty name is recorded, and the replayer complains. */
#define ON_PATHS(op, from_at, from, to_at, to, call) \
    char a[LONGEST], b[LONGEST]; \
    if (log_fd < 0) return call; \
    pthread_mutex_lock(&lock); const char *old = of_path(from_at, from, a), *new = of_path(to_at, to, b); \
    int result = call; \
    if (!result && (old || new)) { record(op, new ? new : "", 0, old ? old : "", old ? strlen(old) : 0); } \
    DONE

int rename(const char *from, const char *to) { ON_PATHS('R', AT_FDCWD, from, AT_FDCWD, to, REAL(rename)(from, to)); }
int renameat(int at, const char *from, int to_at, const char *to) {
    ON_PATHS('R', at, from, to_at, to, REAL(renameat)(at, from, to_at, to));
}
int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags) {
    ON_PATHS('R', at, from, to_at, to, REAL(renameat2)(at, from, to_at, to, flags));
}
int link(const char *from, const char *to) { ON_PATHS('L', AT_FDCWD, from, AT_FDCWD, to, REAL(link)(from, to)); }
int linkat(int at, const char *from, int to_at, const char *to, int flags) {
    ON_PATHS('L', at, from, to_at, to, REAL(linkat)(at, from, to_at, to, flags));
}
