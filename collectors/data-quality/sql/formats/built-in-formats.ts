import type { BuiltInFormat } from '../../check-file/check-spec.ts';
import type { ColumnFormat } from './built-in-format.ts';
import { coordinates } from './coordinates.ts';
import { creditCode } from './credit-code.ts';
import { divisionCode } from './division-code.ts';
import { mobile } from './mobile.ts';
import { residentId } from './resident-id.ts';

export const columnFormats: Readonly<Record<BuiltInFormat, ColumnFormat>> = {
  'resident-id': residentId,
  'credit-code': creditCode,
  mobile,
  'division-code': divisionCode,
  coordinates,
};
