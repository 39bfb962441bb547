/** Numbers longer than this are none; with two digits of exponent they stay within a double's range on every engine. */
export const longestNumber = 200;

/** A number as JSON writes one, a leading + and zeros allowed; a portable expression. */
export const numberPattern = '[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?';
