mod confirmed;
mod data;
mod goldens;
mod properties;
mod qr_codes;
mod readers;
mod refusals;
