export interface ImageName {
  /** `registry:5000/app` */
  readonly name: string;
  /** Tag, digest or both, `1.2@sha256:...`; null where the reference has neither. */
  readonly version: string | null;
}

/** Parts an image's reference: what stays from version to version, and the version. The port of a registry is no tag. */
export function imageOf(reference: string): ImageName {
  const [, name, tag, digest] = /^(.+?)(?::([^:/@]+))?(?:@(.+))?$/s.exec(reference) ?? [];
  if (!name) return { name: reference, version: null };
  const version = [tag, digest].filter((each) => each !== undefined).join('@');
  return { name, version: version === '' ? null : version };
}
