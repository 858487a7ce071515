//! The built web files: their bytes, their hashed addresses, their types.
//!
//! Owns: the table that the build script generated from `web/`. Must not know: pages, routes, HTTP.
//! A leaf on purpose, so that an edited template does not rebuild the web sources, nor the reverse.

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// One file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// The name before hashing, as in `app.css`.
    pub name: &'static str,
    /// The address it is served at, as in `/assets/app-5UXAF2.css`.
    pub path: &'static str,
    /// The file itself.
    pub bytes: &'static [u8],
    /// The file compressed with gzip, in release builds and where that is smaller.
    pub gzip: Option<&'static [u8]>,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// True where the address changes with the content, so that a browser may keep it for ever.
    pub immutable: bool,
}

/// The file served at an address, such as `/assets/app-5UXAF2.css` or `/favicon.ico`.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// The address of a file by its name before hashing; empty for a name that was never built,
/// which the test of every page would notice as a broken link.
pub fn url(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.path)
}

/// The shapes of an icon (SVG markup for a 24 by 24 box, drawn with strokes), to be placed inside another drawing.
pub fn icon(name: &str) -> Option<&'static str> {
    ICONS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, shapes)| *shapes)
}

/// The name of an icon as the sprite knows it; none for a name that no icon has.
pub fn icon_name(name: &str) -> Option<&'static str> {
    ICONS.iter().map(|(known, _)| *known).find(|known| *known == name)
}

/// Every file, for those who list or measure them.
pub fn all() -> &'static [Asset] {
    ASSETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_file_and_back() {
        assert!(!all().is_empty());
        for asset in all() {
            assert!(std::ptr::eq(find(asset.path).unwrap(), asset));
            assert_eq!(url(asset.name), asset.path);
            assert!(!asset.bytes.is_empty(), "{} is empty", asset.name);
        }
    }

    #[test]
    fn hashed_addresses_live_below_assets() {
        for asset in all().iter().filter(|asset| asset.immutable) {
            assert!(asset.path.starts_with("/assets/"), "{}", asset.path);
            assert_ne!(asset.path, format!("/assets/{}", asset.name), "not hashed");
        }
    }

    #[test]
    fn what_pages_ask_for_is_there() {
        for name in [
            "app.css",
            "work.css",
            "till.js",
            "card.js",
            "theme.js",
            "desk.js",
            "icons.svg",
            "figtree-latin.woff2",
            "favicon.svg",
            "favicon.ico",
        ] {
            assert_ne!(url(name), "", "{name}");
        }
        assert!(icon("coffee").is_some());
        assert!(icon("no such icon").is_none());
    }

    #[test]
    fn first_visit_fits_its_budget() {
        // 60 KB over the wire for a customer, fonts included; the page itself and the card need about 15 of them.
        let customer = [
            "app.css",
            "card.js",
            "theme.js",
            "icons.svg",
            "figtree-latin.woff2",
            "favicon.svg",
        ];
        let bytes: usize = customer
            .iter()
            .filter_map(|name| find(url(name)))
            .map(|asset| asset.gzip.map_or(asset.bytes.len(), <[u8]>::len))
            .sum();
        // Uncompressed in development, so the limit there is the same order, not the promise itself.
        let limit = if all().iter().any(|asset| asset.gzip.is_some()) {
            45_000
        } else {
            90_000
        };
        assert!(bytes < limit, "{bytes} bytes");
    }
}
