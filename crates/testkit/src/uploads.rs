//! Files that people of a test send.

use desk::uploads::{self, Taken};
use domain::id::PersonId;
use store::upload::{Audience, Upload};

use crate::TestDesk;

impl TestDesk {
    /// Somebody sends a file, which hangs on nothing yet.
    ///
    /// # Panics
    /// When it is not kept.
    pub fn sends_file(&self, person: PersonId, audience: Audience, name: &str, bytes: &[u8]) -> Upload {
        let mut coming = self.desk.files.coming().expect("a place for a file");
        coming.take(bytes).expect("its bytes");
        let taken = vec![Taken { name: name.to_owned(), sealed: coming.seal() }];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
        let kept = runtime.block_on(uploads::keep(&self.desk, person, audience, taken));
        kept.expect("a file that is kept").pop().expect("one file")
    }
}
