const INSTANT = /^((?!0000)\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/;

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
  const [, day = "", time = "", fraction = "0"] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const whole = Date.parse(`${day}T${time}Z`);
  // Day 31 of a short month may roll over into the next one instead of being refused.
  if (Number.isNaN(whole) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  if (time === "24:00:00" && Number(fraction) > 0) return undefined;
  return whole / 1000 + Number(fraction);
}
