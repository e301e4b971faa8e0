const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 18412 as "18,412". */
export function count(value: number): string {
  return integer.format(value);
}

export function users(value: number): string {
  return value === 1 ? '1 user' : `${count(value)} users`;
}

/**
 * Share with one decimal. A part that is neither nothing nor all is never rounded to 0 or 100: "100 %" in a
 * report must mean everybody.
 */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  if (part === whole) return '100 %';
  if (part === 0) return '0 %';
  const tenths = Math.round((part / whole) * 1000);
  if (tenths <= 0) return '<0.1 %';
  if (tenths >= 1000) return '>99.9 %';
  return `${(tenths / 10).toFixed(1)} %`;
}

/** Seconds as "0.4 s", "41 s", "3 min 5 s", "2 h 7 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${(Math.round(seconds * 10) / 10).toString()} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  return joined(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h');
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${count(big)} ${bigUnit}` : `${count(big)} ${bigUnit} ${small} ${smallUnit}`;
}

/** Bytes in decimal units, the way the import limit of 500 KB is meant. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} KB`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

/** Users per second: "48 users/s", under ten with one decimal. */
export function rate(perSecond: number): string {
  return `${perSecond < 9.95 ? perSecond.toFixed(1) : count(perSecond)} users/s`;
}
