import { NoSuch } from "@/components/shell/no-such";

export default function RecordNotFound() {
  return (
    <NoSuch
      what="record"
      why="There is none of this number in the chain, or it is about a part of the chart whose audit you cannot read."
      back={{ href: "/audit", label: "All records" }}
    />
  );
}
