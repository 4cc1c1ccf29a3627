use std::sync::Arc;

use tantivy::{Index, IndexWriter, TantivyDocument};

use super::super::{index, tokens};
use super::Columns;

#[test]
fn a_segment_is_opened_once_and_let_go_when_it_is_gone() {
    let index = Index::create_in_ram(index::schema().0);
    index.tokenizers().register(tokens::NAME, tokens::analyzer());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 16 << 20).unwrap();
    let reader = index.reader().unwrap();
    let columns = Columns::default();
    writer.add_document(TantivyDocument::new()).unwrap();
    writer.commit().unwrap();
    reader.reload().unwrap();
    let searcher = reader.searcher();
    let [segment] = searcher.segment_readers() else { panic!("one segment was written") };
    let first = columns.of(segment).unwrap();
    assert!(Arc::ptr_eq(&first, &columns.of(segment).unwrap()));
    columns.keep(&searcher);
    assert_eq!(columns.opened().len(), 1, "it is still there");

    writer.delete_all_documents().unwrap();
    writer.commit().unwrap();
    reader.reload().unwrap();
    columns.keep(&reader.searcher());
    assert!(columns.opened().is_empty());
}
