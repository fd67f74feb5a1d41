/** The logins of the demo organisation. All of them share one password: there is nothing of value behind it, and the sign-in page says so. */
export const DEMO_PASSWORD = "thirty agents at work";

/** For each thing that a newcomer may want to try, whom to be. */
export const DEMO_LOGINS = [
  { email: "nora@larkfield.example", name: "Nora Lindqvist", role: "Admin", sees: "everything" },
  { email: "jonas@larkfield.example", name: "Jonas Weber", role: "Reviewer", sees: "customer support" },
  { email: "priya@larkfield.example", name: "Priya Raman", role: "Manager", sees: "finance" },
  { email: "theo@larkfield.example", name: "Theo Brandt", role: "Auditor", sees: "everything, changes nothing" },
] as const;
