//! How well the search engine ranks: questions of people against the answers that judges gave them.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use desk::search::Texts;
use serde::Deserialize;

/// The hits that count.
const DEPTH: usize = 10;

#[derive(Debug, Deserialize)]
struct Entry {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// Reads `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` of a folder, and prints nDCG@10 on titles alone and on
/// titles with texts.
pub(crate) fn run(folder: &Path) -> anyhow::Result<()> {
    let corpus = entries(&folder.join("corpus.jsonl"))?;
    let queries = entries(&folder.join("queries.jsonl"))?;
    let judged = judgements(&folder.join("qrels.tsv"))?;
    println!("{} texts, {} questions, {} of them judged", corpus.len(), queries.len(), judged.len());
    for (what, with_text) in [("titles", false), ("titles and texts", true)] {
        let texts: Vec<(String, String)> = corpus
            .iter()
            .map(|entry| (entry.title.clone(), if with_text { entry.text.clone() } else { String::new() }))
            .collect();
        let index = Texts::of(&texts)?;
        let mut gains = Vec::new();
        for query in &queries {
            let Some(right) = judged.get(&query.id) else { continue };
            let best = index.best(&query.text, DEPTH)?;
            let found: Vec<f64> = best
                .into_iter()
                .map(|place| corpus.get(place).and_then(|entry| right.get(&entry.id)).copied().unwrap_or(0.0))
                .collect();
            gains.push(normalised(&found, right.values().copied().collect()));
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousand questions")]
        let mean = gains.iter().sum::<f64>() / gains.len().max(1) as f64;
        println!("nDCG@{DEPTH} on {what}: {mean:.3} (n = {})", gains.len());
    }
    Ok(())
}

/// The discounted gain of what was found, as a share of the best that was possible.
fn normalised(found: &[f64], mut ideal: Vec<f64>) -> f64 {
    ideal.sort_by(|one, other| other.total_cmp(one));
    ideal.truncate(DEPTH);
    let best = discounted(&ideal);
    if best > 0.0 { discounted(found) / best } else { 0.0 }
}

fn discounted(gains: &[f64]) -> f64 {
    gains.iter().zip(2_u32..).map(|(gain, place)| (gain.exp2() - 1.0) / f64::from(place).log2()).sum()
}

fn entries(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
}

fn judgements(path: &Path) -> anyhow::Result<HashMap<String, HashMap<String, f64>>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for line in text.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(query), Some(entry), Some(gain)) = (fields.next(), fields.next(), fields.next()) else {
            anyhow::bail!("{line:?} is no judgement");
        };
        judged.entry(query.to_owned()).or_default().insert(entry.to_owned(), gain.parse()?);
    }
    Ok(judged)
}
