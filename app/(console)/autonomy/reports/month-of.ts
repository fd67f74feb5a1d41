const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** "March 2026" */
export const monthOf = (period: Date): string => MONTH.format(period);
