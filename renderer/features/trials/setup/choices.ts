/** The text as one of the choices; what was chosen before where it is none of them. */
export function choiceOf<Choice extends string>(
  text: string,
  choices: readonly Choice[],
  before: Choice,
): Choice {
  return choices.find((one) => one === text) ?? before;
}
