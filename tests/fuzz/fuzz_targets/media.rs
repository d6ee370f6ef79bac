#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| registrar_fuzz::media::run(bytes));
