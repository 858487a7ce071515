//! The pages, asked as a browser asks them, on both engines.

mod frame;
mod joining;
mod storefront;
mod till;
mod till_paying;
