//! Tests that stand outside the crate.

mod pages_render;
