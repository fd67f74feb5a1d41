/** What PostgreSQL keeps as text: no NUL and no half of a surrogate pair. */
export const isStorable = (value: string): boolean => !/\p{Surrogate}|\0/u.test(value);
