/** One validator of a race: settles for what it accepts, rejects for what it refuses. */
export type Validate = (message: string) => Promise<void>;

/**
 * Makes sure that a figure is worth something: the validator takes the good message and refuses the tampered one.
 *
 * @throws Error naming the validator whose figure would be void
 */
export async function proveWorth(
  name: string,
  validate: Validate,
  good: string,
  tampered: string,
): Promise<void> {
  if (good === tampered) throw new Error("the tampered control is not tampered with");
  await validate(good);
  const taken = await validate(tampered).then(
    () => true,
    () => false,
  );
  if (taken) throw new Error(`a figure of ${name} is void: it takes a tampered message`);
}
