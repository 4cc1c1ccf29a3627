//! What the desk does: one verb per file, one transaction per verb.
