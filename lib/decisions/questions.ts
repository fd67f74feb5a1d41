/**
 * What an approval answers: every question of the decision that asked, read from its stored checks. Total: what can not be read
 * answers nothing.
 */
export function questionsOf(checks: unknown): string[] {
  if (!Array.isArray(checks)) return [];
  return checks.flatMap((check: unknown) => {
    if (typeof check !== "object" || check === null || !("questions" in check) || !Array.isArray(check.questions))
      return [];
    return check.questions.filter((one): one is string => typeof one === "string");
  });
}
