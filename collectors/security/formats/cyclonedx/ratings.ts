import type { Severity } from '../../../contract.ts';
import type { JsonPart } from '../../reading/json-part.ts';
import { cvssScore, severityOf, severityOfWord, worseSeverity } from '../../reading/severity.ts';

/** Scores of these methods are CVSS; the newest first. OWASP and SSVC have scales of their own. */
const methods = ['CVSSv4', 'CVSSv31', 'CVSSv3', 'CVSSv2'];

/** By the word that goes with the newest score, else the worst word of any rating, else the score. */
export function judgeRatings(ratings: readonly JsonPart[]): {
  readonly cvss: number | null;
  readonly severity: Severity;
} {
  const scored = ratings
    .map((rating) => ({
      rank: methods.indexOf(rating.at('method').text() ?? ''),
      score: cvssScore(rating.at('score').value),
      word: rating.at('severity').text(),
    }))
    .filter(({ rank, score }) => rank >= 0 && score !== null)
    .toSorted((a, b) => a.rank - b.rank || (b.score ?? 0) - (a.score ?? 0));
  const [best] = scored;
  const words = ratings.flatMap((rating) => severityOfWord(rating.at('severity').text()) ?? []);
  const [first, ...others] = words;
  const worst = first && others.reduce(worseSeverity, first);
  const cvss = best?.score ?? null;
  const word = severityOfWord(best?.word ?? null) ?? (best ? null : (worst ?? null));
  return { cvss, severity: severityOf(word, cvss) };
}
