#!/usr/bin/env node
import { runCommandLine } from './cli/command-line.ts';
import { processSurroundings } from './cli/surroundings-process.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
