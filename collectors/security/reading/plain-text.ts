// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\s]+/g;

/** One line of visible text: control characters, direction marks and line ends become one space each run. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(invisible, ' ').trim();
}

/** Cut to so many characters, with an ellipsis; never in the middle of a character. */
export function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const kept = text.slice(0, characters - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
