export interface TimeParts {
  substring(text: string, from: number, count: number): string;
  matches(text: string, regex: string): string;
  literal(text: string): string;
  length(text: string): string;
  concat(parts: readonly string[]): string;
  double(text: string): string;
  secondsOf(text: string): string;
}
export interface TimeRules {
  readonly formats: readonly string[];
  readonly zone: string;
}
/** thin for now */
export function epochSql(parts: TimeParts, text: string, _rules: TimeRules): string {
  const isTime = parts.matches(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}');
  return `case when ${isTime} then ${parts.secondsOf(parts.concat([text, "' 00:00:00'"]))} end`;
}
