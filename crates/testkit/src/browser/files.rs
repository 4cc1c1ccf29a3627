//! Files that a person gives to a page: chosen, pasted, dropped, and lost on the way.

use std::path::Path;

use serde_json::{Value, json};

use super::Browser;

/// A small picture, drawn by the browser itself, under the name that was given.
const PICTURE: &str = "const canvas = document.createElement('canvas'); canvas.width = canvas.height = 8; \
    const bytes = atob(canvas.toDataURL('image/png').split(',')[1]); \
    const data = new DataTransfer(); \
    data.items.add(new File([Uint8Array.from(bytes, (sign) => sign.charCodeAt(0))], arguments[1], { type: 'image/png' })); ";

impl Browser {
    /// Chooses a file of this machine in the field with that label.
    ///
    /// # Panics
    /// When it cannot be chosen.
    pub async fn attach(&self, label: &str, path: &Path) {
        let field = self.field(label).await;
        field.send_keys(&path.display().to_string()).await.expect("a file that can be chosen");
    }

    /// Pastes a file while writing in the field with that label.
    pub async fn paste(&self, label: &str, name: &str, words: &str) {
        let script = "const data = new DataTransfer(); \
                      data.items.add(new File([arguments[2]], arguments[1])); \
                      arguments[0].dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
        self.on(label, script, vec![name.into(), words.into()]).await;
    }

    /// Pastes a picture while writing in the field with that label.
    pub async fn paste_picture(&self, label: &str, name: &str) {
        let paste = "arguments[0].dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
        self.on(label, &format!("{PICTURE}{paste}"), vec![name.into()]).await;
    }

    /// Lets a picture fall on the field with that label. Where nothing takes it, the browser would leave the page
    /// and show the picture instead.
    ///
    /// # Panics
    /// When nothing takes it.
    pub async fn drop_picture(&self, label: &str, name: &str) {
        let drop = "const falls = (kind) => !arguments[0].dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })); \
                    return falls('dragover') && falls('drop')";
        let taken = self.on(label, &format!("{PICTURE}{drop}"), vec![name.into()]).await;
        assert_eq!(taken, Value::Bool(true), "nothing takes the picture");
    }

    /// Whether the picture with those words in its place is shown, and not only its words.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn shows_picture(&self, words: &str) -> bool {
        let script =
            "return [...document.images].some((one) => one.alt === arguments[0] && one.naturalWidth > 0)";
        self.client.execute(script, vec![json!(words)]).await.expect("the script runs") == Value::Bool(true)
    }

    /// From here on nothing that the page asks for leaves the machine, until the network is back.
    pub async fn loses_the_network(&self) {
        self.network("offline").await;
    }

    pub async fn has_the_network_back(&self) {
        self.network("online").await;
    }

    async fn network(&self, state: &str) {
        let session = self.client.session_id().await.ok().flatten().expect("a session");
        let conditions = json!({ "network_conditions": {
            "offline": state == "offline", "latency": 0, "download_throughput": -1, "upload_throughput": -1,
        } });
        let path = format!("/session/{session}/chromium/network_conditions");
        let said = self.driver.tell(&path, &conditions.to_string()).expect("the driver answers");
        assert!(said.starts_with("HTTP/1.1 200"), "the driver does not do it: {said}");
    }

    /// Runs a script on the field with that label.
    async fn on(&self, label: &str, script: &str, more: Vec<Value>) -> Value {
        let field = serde_json::to_value(self.field(label).await).expect("an element has a reference");
        let arguments = std::iter::once(field).chain(more).collect();
        self.client.execute(script, arguments).await.expect("the script runs")
    }
}
