export const PASSWORD_MIN = 12;
/** Longer ones are refused before they are hashed. */
export const PASSWORD_MAX = 200;

/** Why a password is too weak, as a sentence, or null. `about` are the person's own words (name, e-mail, organisation): the first that anybody tries. */
export function passwordFault(password: string, about: readonly string[] = []): string | null {
  if ([...password].length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  if (new Set(password.toLowerCase()).size < 6) return "Use more different characters.";
  if (isSequence(password.toLowerCase())) return "Avoid keyboard rows and sequences.";
  const left = withoutWords(password.toLowerCase(), [...COMMON, ...about.flatMap(words)]);
  if (left.length < 6) return "Avoid common words and your own name or e-mail.";
  return null;
}

/** 0 to 4, for a meter beside the field: 0 and 1 are refused, 4 is long and mixed. */
export function passwordStrength(password: string, about: readonly string[] = []): 0 | 1 | 2 | 3 | 4 {
  if (password === "") return 0;
  if (passwordFault(password, about)) return 1;
  const distinct = new Set(password).size;
  if (password.length >= 20 && distinct >= 10) return 4;
  return password.length >= 16 || distinct >= 11 ? 3 : 2;
}

const COMMON = [
  "password",
  "passwort",
  "welcome",
  "letmein",
  "administrator",
  "admin",
  "remit",
  "qwerty",
  "iloveyou",
  "changeme",
];
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);

function withoutWords(text: string, list: readonly string[]): string {
  return list.toSorted((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ""), text);
}

/** Mostly runs of three and more characters that follow one another on a keyboard or in the alphabet, either way. */
function isSequence(text: string): boolean {
  const rows = ROWS.flatMap((row) => [row, [...row].toReversed().join("")]);
  let inRuns = 0;
  for (let index = 0; index + 3 <= text.length; index += 1) {
    if (rows.some((row) => row.includes(text.slice(index, index + 3)))) inRuns += 1;
  }
  return inRuns > (text.length - 2) / 2;
}
