//! The pages, asked as a browser asks them, on both engines.

mod till;
