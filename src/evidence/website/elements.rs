//! What elements of HTML do to the text around them (HTML 15.3, "non-replaced elements").

/// What follows an element's start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Other elements and text.
    Flow,
    /// Nothing: it has no end tag.
    Nothing,
    /// Text without tags.
    Text,
    /// What no person sees, up to its end tag and without tags in it.
    Unseen,
    Script,
}

pub(super) fn content(name: &str) -> Content {
    match name {
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param"
        | "source" | "track" | "wbr" | "basefont" | "bgsound" | "frame" | "keygen" => Content::Nothing,
        "title" | "textarea" => Content::Text,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Content::Unseen,
        "script" => Content::Script,
        _ => Content::Flow,
    }
}

/// Elements that are never shown, whatever they contain; fallbacks for clients without the feature among them.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "template"
            | "datalist"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "desc"
            | "defs"
            | "metadata"
            | "rp"
            | "map"
    )
}

/// Elements that begin and end a line. Cells do, too: pages are laid out with tables.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "marquee"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
    )
}

/// Whether an open element ends when this one begins, although its end tag is left out (HTML 13.1.2.4).
pub(super) fn ends_before(open: &str, begins: &str) -> bool {
    match open {
        "p" => is_block(begins) && !matches!(begins, "br" | "option" | "optgroup" | "body" | "html"),
        "li" => begins == "li",
        "dt" | "dd" => matches!(begins, "dt" | "dd"),
        "option" => matches!(begins, "option" | "optgroup"),
        "td" | "th" => matches!(begins, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(begins, "tr" | "tbody" | "thead" | "tfoot"),
        _ => false,
    }
}

/// An end tag inside one of these ends nothing outside of it.
pub(super) fn is_wall(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "table" | "template" | "object" | "marquee")
}

/// Whether an inline style hides what it is on.
pub(super) fn style_hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let declares =
        |declaration: &str| style.split(';').any(|one| one.trim_end_matches("!important") == declaration);
    declares("display:none") || declares("visibility:hidden")
}
