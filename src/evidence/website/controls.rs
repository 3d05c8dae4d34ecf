//! Forms, buttons and links of a page as they come by.

use crate::domain::page::{Control, FormParts};

/// More are not kept.
const MOST: usize = 500;

/// Bytes of a label that are kept; no control says more.
const LABEL_BYTES: usize = 200;

/// A form and where it stands.
#[derive(Debug, Default)]
pub(super) struct FoundForm {
    pub parts: FormParts,
    /// `action` as written.
    pub action: Option<String>,
    /// The line of the page's text, from 1, at which it begins.
    pub line: u32,
}

/// A button outside of forms, or any link.
#[derive(Debug)]
pub(super) struct FoundControl {
    pub label: String,
    /// Of a link, as written.
    pub address: Option<String>,
    pub line: u32,
}

/// All of a page.
#[derive(Debug, Default)]
pub(super) struct Controls {
    pub forms: Vec<FoundForm>,
    pub others: Vec<FoundControl>,
    form: Option<FoundForm>,
    /// Fields outside of forms: scripts send them.
    loose: FoundForm,
    /// The button or link that is open: its kind, label and line.
    button: Option<(&'static str, String, u32)>,
}

impl Controls {
    pub fn begin_form(&mut self, action: Option<&str>, line: u32) {
        self.end_form();
        self.form = Some(FoundForm { action: action.map(str::to_owned), line, ..FoundForm::default() });
    }

    pub fn end_form(&mut self) {
        let form = self.form.take().filter(|_| self.forms.len() < MOST);
        self.forms.extend(form);
    }

    pub fn field(&mut self, kind: &str, name: &str, label: &str, line: u32) {
        if kind != "hidden" {
            self.add(
                Control { label: label.trim().to_owned(), name: name.to_owned(), kind: kind.to_owned() },
                line,
            );
        }
    }

    fn add(&mut self, control: Control, line: u32) {
        let form = self.form.as_mut().unwrap_or(&mut self.loose);
        if form.parts.controls.is_empty() && form.line == 0 {
            form.line = line;
        }
        if form.parts.controls.len() < MOST {
            form.parts.controls.push(control);
        }
    }

    /// A link has no kind.
    pub fn begin_button(&mut self, kind: &'static str, line: u32) {
        self.button = Some((kind, String::new(), line));
    }

    /// Text inside whatever is open.
    pub fn label(&mut self, text: &str) {
        if let Some((_, label, _)) = self.button.as_mut().filter(|(_, label, _)| label.len() < LABEL_BYTES) {
            label.push_str(text);
        }
    }

    pub fn end_button(&mut self) {
        if let Some((kind, label, line)) = self.button.take().filter(|(kind, ..)| !kind.is_empty()) {
            let label = label.trim().to_owned();
            if self.form.is_some() {
                self.add(Control { label, name: String::new(), kind: kind.to_owned() }, line);
            } else if self.others.len() < MOST {
                self.loose.parts.controls.push(Control {
                    label: label.clone(),
                    name: String::new(),
                    kind: kind.to_owned(),
                });
                self.others.push(FoundControl { label, address: None, line });
            }
        }
    }

    pub fn end_link(&mut self, address: Option<&str>) {
        if let Some((_, label, line)) = self.button.take_if(|(kind, ..)| kind.is_empty())
            && self.others.len() < MOST
        {
            self.others.push(FoundControl {
                label: label.trim().to_owned(),
                address: address.map(str::to_owned),
                line,
            });
        }
    }

    /// The end of the page is the end of everything.
    pub fn finish(&mut self) {
        self.end_link(None);
        self.end_form();
        let has_field = self.loose.parts.controls.iter().any(|control| control.kind != "submit");
        if has_field {
            self.forms.push(std::mem::take(&mut self.loose));
        }
    }
}
