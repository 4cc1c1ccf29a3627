//! The parts that pages are made of, one file each.

pub mod attachment;
pub mod avatar;
pub mod badge;
pub mod bars;
pub mod bell;
pub mod button;
pub mod checked;
pub mod composer;
pub mod explain;
pub mod field;
pub mod files;
pub mod flash;
pub mod gallery;
pub mod icon;
pub mod layout;
pub mod message;
pub mod navigation;
pub mod panel;
pub mod picture;
pub mod popover;
pub mod queue;
pub mod servicemap;
pub mod table;
pub mod tile;
pub mod timeline;
pub mod waterfall;
