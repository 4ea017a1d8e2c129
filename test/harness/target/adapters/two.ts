/** One function too many. */
export const one = (): string => "one";
/** One function too many. */
export const two = (): string => "two";
