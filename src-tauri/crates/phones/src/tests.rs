mod data;
mod goldens;
