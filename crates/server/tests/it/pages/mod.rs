//! The pages, asked as a browser asks them, on both engines.

<<<<<<< HEAD
mod frame;
mod storefront;
=======
mod till;
>>>>>>> main
