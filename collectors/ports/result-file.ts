import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessPort } from '../contract.ts';

type RunRequest = Parameters<ProcessPort['run']>[0];
type RunResult = Awaited<ReturnType<ProcessPort['run']>>;

/** Null when there is no such file. */
async function readUpTo(path: string, { program, maxBytes }: RunRequest): Promise<Uint8Array | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (size <= maxBytes) return await file.readFile();
    throw new Error(
      `${program} wrote a file of more than ${maxBytes} bytes: let it write less, or raise the limit`,
    );
  } finally {
    await file.close();
  }
}

/** Runs with a file in a folder that nobody else may look into and that is gone afterwards, where the request asks for one. */
export async function withResultFile(
  request: RunRequest,
  temporaryFolder: string | undefined,
  run: (request: RunRequest) => Promise<RunResult>,
): Promise<RunResult> {
  const { fileArgument, args } = request;
  if (fileArgument === undefined) return run(request);
  const folder = await mkdtemp(join(temporaryFolder || tmpdir(), 'citygauge-run-'));
  try {
    const path = join(folder, 'result');
    const result = await run({
      ...request,
      args: args.map((each) => (each === fileArgument ? path : each)),
    });
    const file = await readUpTo(path, request);
    return file ? { ...result, file } : result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
