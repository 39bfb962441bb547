/** The largest that PostgreSQL's integer holds; a statement with a larger one fails. */
const largestNumber = 2_147_483_647;

/** Whether a row can have this number. */
export function isRowNumber(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= largestNumber;
}
