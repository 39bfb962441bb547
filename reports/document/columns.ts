import type { Column } from './blocks.ts';

/** A column of figures. */
export const right = (title: string, share: number): Column => ({ title, share, align: 'right' });

export const left = (title: string, share: number): Column => ({ title, share, align: 'left' });
