import type { SloRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { exclude, listExclusions, withdraw } from './exclusions.ts';
import { latestStandings, listFigures, listRevisions, saveFigures } from './figures.ts';

export function openSlos(db: Database): SloRegister {
  return {
    save: (standings) => saveFigures(db, standings),
    latest: (subjects, before) => latestStandings(db, subjects, before),
    figures: (query) => listFigures(db, query),
    revisions: (key) => listRevisions(db, key),
    exclude: (order) => exclude(db, order),
    withdraw: (id, by, at) => withdraw(db, id, by, at),
    exclusions: (subjects, slo) => listExclusions(db, subjects, slo),
  };
}
