const INSTANT = /^((?!0000)\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/;

/**
 * Reads an xs:dateTime as SAML wants it: in UTC with a Z.
 *
 * @param text the attribute as written
 * @returns seconds since the epoch, with their fraction; undefined when it is anything else
 * @see SAML core §1.3.3, XML Schema part 2 §3.2.7
 */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", time = "", fraction = "0"] = match;
  const whole = Date.parse(`${year}-${month}-${day}T${time}Z`);
  // Day 31 of a short month may roll over into the next one instead of being refused.
  if (Number.isNaN(whole) || Number(day) > daysIn(Number(year), Number(month))) return undefined;
  if (time === "24:00:00" && Number(fraction) > 0) return undefined;
  return whole / 1000 + Number(fraction);
}

/** Day 0 of the next month is the last day of this one. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
