//! The compound file that wraps an xls: finds one stream in it. Every chain is bounded by the file's own length.

const END: u32 = 0xffff_fffa;

/// A compound file in memory.
pub(super) struct Compound<'a> {
    file: &'a [u8],
    shift: u32,
    mini_shift: u32,
    mini_below: u32,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// A little-endian 16-bit number, if it is there.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A little-endian 32-bit number, if it is there.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Reads the tables; nothing where the file is damaged.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(file, 0x1e)?);
        let mini_shift = u32::from(u16_at(file, 0x20)?);
        if !(7..=16).contains(&shift) || !(3..=shift).contains(&mini_shift) {
            return None;
        }
        let mut compound = Self {
            file,
            shift,
            mini_shift,
            mini_below: u32_at(file, 0x38)?,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        compound.fat = compound.read_fat()?;
        compound.entries = compound.read_entries(u32_at(file, 0x30)?)?;
        compound.mini_fat = words(&compound.chain(u32_at(file, 0x3c)?)?);
        let root = compound.entries.first()?.start;
        compound.mini = compound.chain(root)?;
        Some(compound)
    }

    /// Whether a stream of this name is in it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes = if entry.size < self.mini_below as usize {
            follow(&self.mini_fat, entry.start, self.mini.len() >> self.mini_shift, |sector| {
                let from = (sector as usize) << self.mini_shift;
                self.mini.get(from..(from + (1 << self.mini_shift)).min(self.mini.len()))
            })?
        } else {
            self.chain(entry.start)?
        };
        bytes.truncate(entry.size);
        Some(bytes)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(1 << self.shift)?;
        self.file.get(from..(from + (1 << self.shift)).min(self.file.len()))
    }

    fn read_fat(&self) -> Option<Vec<u32>> {
        let most = (self.file.len() >> self.shift) + 1;
        let mut sectors: Vec<u32> = (0..109).filter_map(|i| u32_at(self.file, 0x4c + 4 * i)).collect();
        let mut next = u32_at(self.file, 0x44)?;
        let mut steps = 0;
        while next < END {
            steps += 1;
            let mut more = words(self.sector(next)?);
            next = more.pop()?;
            sectors.extend(more);
            if steps > most {
                return None;
            }
        }
        let mut fat = Vec::new();
        for sector in sectors.into_iter().filter(|sector| *sector < END).take(most) {
            fat.extend(words(self.sector(sector)?));
        }
        Some(fat)
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        follow(&self.fat, start, (self.file.len() >> self.shift) + 1, |sector| self.sector(sector))
    }

    fn read_entries(&self, start: u32) -> Option<Vec<Entry>> {
        let bytes = self.chain(start)?;
        let entries = bytes.chunks_exact(128).map(|raw| {
            let length = usize::from(u16_at(raw, 0x40)?).min(64).saturating_sub(2);
            let units: Vec<u16> = raw.get(..length)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
            let name = String::from_utf16_lossy(&units);
            Some(Entry { name, start: u32_at(raw, 0x74)?, size: u32_at(raw, 0x78)? as usize })
        });
        entries.collect()
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0)).collect()
}

fn follow<'s>(fat: &[u32], start: u32, most: usize, sector: impl Fn(u32) -> Option<&'s [u8]>) -> Option<Vec<u8>> {
    let (mut bytes, mut next, mut steps) = (Vec::new(), start, 0);
    while next < END {
        steps += 1;
        if steps > most {
            return None;
        }
        bytes.extend_from_slice(sector(next)?);
        next = *fat.get(next as usize)?;
    }
    Some(bytes)
}
