mod data;
mod goldens;
mod properties;
mod readers;
mod refusals;
