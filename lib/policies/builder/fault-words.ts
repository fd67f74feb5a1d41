const TOKENS: Readonly<Record<string, string>> = {
  EOF: "the end",
  IDENTIFIER: "a name",
  STRING: "a text",
  NUMBER: "a number",
  BOOLEAN: "true or false",
  LPAREN: "“(”",
  RPAREN: "“)”",
  LBRACKET: "“[”",
  RBRACKET: "“]”",
  LBRACE: "“{”",
  RBRACE: "“}”",
  DOT: "“.”",
  COMMA: "“,”",
  COLON: "“:”",
  QUESTION: "“?”",
};
const TYPES: Readonly<Record<string, string>> = {
  double: "a decimal number",
  int: "a whole number",
  string: "a text",
  bool: "true or false",
  null: "null",
  "google.protobuf.Timestamp": "a time",
  "google.protobuf.Duration": "a length of time",
};
const token = (name: string): string => TOKENS[name] ?? `“${name.toLowerCase()}”`;
const type = (name: string): string =>
  TYPES[name] ?? (name.startsWith("list") ? "a list" : name.startsWith("map") ? "a map" : name);

const EQUALITY = /^(double (?:==|!=) int|int (?:==|!=) double)$/;

/** What the compiler says of a condition, in words for who writes it. What it says otherwise stays as it is. */
export function faultWords(message: string): string {
  const [, expected, got] = /^Expected (\w+), got (\w+)$/.exec(message) ?? [];
  if (expected !== undefined && got !== undefined) return `Here ${token(expected)} is needed, and ${token(got)} comes`;
  const unexpected = /^Unexpected token: (\w+)$/.exec(message)?.[1];
  if (unexpected !== undefined) return `${token(unexpected)} can not stand here`;
  const unknown = /^Unknown variable: (.+)$/.exec(message)?.[1];
  if (unknown !== undefined) return `There is nothing called ${unknown}. Arguments are read as args.${unknown}`;
  const key = /^No such key: (.+)$/.exec(message)?.[1];
  if (key !== undefined) return `There is no ${key} here`;
  const overload = /^no such overload: (.+)$/.exec(message)?.[1];
  if (overload === undefined) return message;
  if (EQUALITY.test(overload)) return "A decimal number is compared with a decimal number: write 5.0 in place of 5";
  const [, left, operator, right] = /^(\S+) (\S+) (\S+)$/.exec(overload) ?? [];
  if (left === undefined || operator === undefined || right === undefined) return message;
  return `“${operator}” does not take ${type(left)} and ${type(right)}`;
}
