/** The page of one record: stream and number, as the record itself names them. */
export const recordHref = (record: { stream: string; seq: string }): string =>
  `/audit/${record.stream.split("/").map(encodeURIComponent).join("/")}/${record.seq}`;
