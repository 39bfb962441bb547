/** What Prometheus fills in when an alert fires; the tests of rules fill in the same. */
export const subjectTemplate = '{{ $labels.subject }}';
export const valueTemplate = '{{ $value }}';
/** 0.8462 as `84.62%`. */
export const ratioTemplate = '{{ $value | humanizePercentage }}';

/** Prometheus reads labels and annotations as Go templates: braces of ours are text. */
export const escapeTemplate = (text: string) => text.replaceAll('{{', '{{ "{{" }}');
