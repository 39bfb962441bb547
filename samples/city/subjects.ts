import type { Subject } from '../../collectors/contract.ts';
import { city, type DistrictPolicy, districts, timeZone } from './policy.ts';

export const rootId: string = city.slug;

export function districtId(district: DistrictPolicy): string {
  return `${rootId}/${district.slug}`;
}

/** The city and its districts, each marked as sample. */
export function sampleSubjects(): readonly Subject[] {
  const root: Subject = { id: rootId, name: city.name, kind: 'city', parent: null, timeZone, isSample: true };
  const below = districts.map(
    (district): Subject => ({
      id: districtId(district),
      name: district.name,
      kind: 'district',
      parent: rootId,
      timeZone,
      isSample: true,
    }),
  );
  return [root, ...below];
}
