/** First two digits of division codes in use (GB/T 2260-2007 with its amendments): provinces, 71 Taiwan, 81 and 82 the special administrative regions. */
export const provinces = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])';
