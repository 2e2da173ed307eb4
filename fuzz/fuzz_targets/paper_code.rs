#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| xiangli_fuzz::read("paper_code", bytes));
