const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EISDIR: 'it is a folder',
  EEXIST: 'a file of that name is there',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
};

/** Why the system refused, in words; the system's own message where there are none. */
export function causeText(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return (code && words[code]) ?? message;
}
