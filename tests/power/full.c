/*
 * A disk that fills up, for tests (LD_PRELOAD): under $FULL_DIR, files may grow by $FULL_AFTER bytes altogether; what
 * would grow them further fails with ENOSPC, after writing the part that still fits, as file systems do. With
 * FULL_KIND=any, overwriting counts too, as where every write takes new blocks (copy-on-write file systems, snapshots).
 * With FULL_KIND=yank the disk is a stick that is pulled out at that byte: from then on writing, reading and syncing
 * there fail with EIO.
 * With FULL_KIND=protected the medium is write-protected: whatever would change something there fails with EROFS.
 * With FULL_KIND=liar the disk says that it took what did not fit, and did not.
 * With FULL_MOUNTS=file the table of what is mounted is what that file says; needs no FULL_DIR.
 * With FULL_SWITCH=file all this holds only while that file is there; the file lies elsewhere.
 * Cutting a file or removing it gives its space back. Reading, syncing and what lies elsewhere work as ever.
 */
#define _GNU_SOURCE
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

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_len;
static int64_t left;
static int every_write;
static int yanked, pulled, protected, liar;
static const char *switch_path;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
    const char *dir = getenv("FULL_DIR"), *after = getenv("FULL_AFTER"), *kind = getenv("FULL_KIND");
    if (!dir || !after || !realpath(dir, folder)) return;
    left = atoll(after);
    every_write = kind && strcmp(kind, "any") == 0;
    yanked = kind && strcmp(kind, "yank") == 0;
    protected = kind && strcmp(kind, "protected") == 0;
    liar = kind && strcmp(kind, "liar") == 0;
    switch_path = getenv("FULL_SWITCH");
    folder_len = strlen(folder);
}

/* Whether nothing is wrong with the disk at present. */
static int is_off(void) {
    if (!switch_path) return 0;
    int saved = errno, off = access(switch_path, F_OK) != 0;
    errno = saved;
    return off;
}

/* Whether a path lies on a medium that is write-protected at present. */
static int is_protected(const char *path) {
    return protected && folder_len && strncmp(path, folder, folder_len) == 0
        && (path[folder_len] == '/' || !path[folder_len]) && !is_off();
}

static int inside(int fd) {
    if (!folder_len || fd < 3 || is_off()) return 0;
    int saved = errno;
    char name[64], path[4096];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, path, sizeof path - 1);
    errno = saved;
    if (n <= (ssize_t)folder_len) return 0;
    path[n] = 0;
    return strncmp(path, folder, folder_len) == 0 && path[folder_len] == '/';
}

static int64_t size_of(int fd) {
    struct stat now;
    return fstat(fd, &now) == 0 ? (int64_t)now.st_size : 0;
}

/* What a write that does not fit fails with. */
static int no_space(void) {
    if (protected) return EROFS;
    pulled = yanked;
    return yanked ? EIO : ENOSPC;
}

/* How much of a write fits; it is taken off at once. */
static int64_t grant(int fd, int64_t offset, int64_t n) {
    if (pulled || protected) return 0;
    int64_t end = offset + n, size = size_of(fd);
    int64_t costs = every_write ? n : end > size ? end - (offset > size ? offset : size) : 0;
    if (costs > left) {
        n -= costs - left;
        costs = left;
    }
    left -= costs;
    return n;
}

#define PWRITE(name, type) ssize_t name(int fd, const void *data, size_t n, type offset) { \
    if (!inside(fd) || !n) return REAL(name)(fd, data, n, offset); \
    pthread_mutex_lock(&lock); \
    int64_t fits = grant(fd, offset, n); \
    ssize_t result = -1; \
    if (fits > 0) result = REAL(name)(fd, data, fits, offset); else errno = no_space(); \
    if (liar && (fits <= 0 || result == fits)) result = n; \
    pthread_mutex_unlock(&lock); \
    return result; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t n) {
    if (!inside(fd) || !n) return REAL(write)(fd, data, n);
    pthread_mutex_lock(&lock);
    off_t at = fcntl(fd, F_GETFL) & O_APPEND ? size_of(fd) : lseek(fd, 0, SEEK_CUR);
    int64_t fits = grant(fd, at, n);
    ssize_t result = -1;
    if (fits > 0) result = REAL(write)(fd, data, fits); else errno = no_space();
    if (liar && (fits <= 0 || result == fits)) result = n;
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!inside(fd) || count < 1) return REAL(writev)(fd, parts, count);
    int first = 0;
    while (first + 1 < count && parts[first].iov_len == 0) first++;
    return write(fd, parts[first].iov_base, parts[first].iov_len);
}

/* Stretching makes a hole, which takes no space until it is written; cutting gives back. */
#define CUT(name, type) int name(int fd, type size) { \
    if (!inside(fd)) return REAL(name)(fd, size); \
    if (protected) { errno = EROFS; return -1; } \
    pthread_mutex_lock(&lock); \
    int64_t before = size_of(fd); \
    int result = REAL(name)(fd, size); \
    if (!result && size < before) left += before - size; \
    pthread_mutex_unlock(&lock); \
    return result; }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define ALLOCATE(name, type, no_space) int name(int fd, type from, type size) { \
    if (!inside(fd)) return REAL(name)(fd, from, size); \
    int64_t before = size_of(fd), grows = from + size > before ? from + size - before : 0; \
    if (protected) return EROFS; \
    if (grows > left) { no_space; } \
    left -= grows; \
    return REAL(name)(fd, from, size); }
ALLOCATE(posix_fallocate, off_t, return ENOSPC)
ALLOCATE(posix_fallocate64, off64_t, return ENOSPC)

ssize_t copy_file_range(int in, off64_t *in_off, int out, off64_t *out_off, size_t n, unsigned flags) {
    if (inside(out)) { errno = EXDEV; return -1; }
    return REAL(copy_file_range)(in, in_off, out, out_off, n, flags);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t n) {
    if (inside(out)) { errno = EINVAL; return -1; }
    ssize_t (*real)(int, int, off64_t *, size_t) = dlsym(RTLD_NEXT, "sendfile64");
    return real(out, in, offset, n);
}

/* The file that is opened by a name. */
static const char *meant(const char *path) {
    const char *mounts = getenv("FULL_MOUNTS");
    return mounts && strcmp(path, "/proc/self/mountinfo") == 0 ? mounts : path;
}

#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    if (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC) && is_protected(path)) { errno = EROFS; return -1; } \
    return REAL(name)(meant(path), flags, mode); }
OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode) {
    if (is_protected(path)) { errno = EROFS; return -1; }
    return REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    if (is_protected(from) || is_protected(to)) { errno = EROFS; return -1; }
    return REAL(rename)(from, to);
}

int unlink(const char *path) {
    if (is_protected(path)) { errno = EROFS; return -1; }
    struct stat now;
    int mine = folder_len && !is_off() && strncmp(path, folder, folder_len) == 0 && stat(path, &now) == 0;
    int result = REAL(unlink)(path);
    if (!result && mine) left += now.st_size;
    return result;
}

#define SYNC(name) int name(int fd) { \
    if (pulled && inside(fd)) { errno = EIO; return -1; } \
    return REAL(name)(fd); }
SYNC(fsync)
SYNC(fdatasync)

ssize_t read(int fd, void *data, size_t n) {
    if (pulled && inside(fd)) { errno = EIO; return -1; }
    return REAL(read)(fd, data, n);
}
