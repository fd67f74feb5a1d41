import { NoSuch } from "@/components/shell/no-such";

export default function PolicyNotFound() {
  return (
    <NoSuch
      what="policy"
      why="It may have another name, or none of its rules is about an agent in your part of the chart."
      back={{ href: "/policies", label: "All policies" }}
    />
  );
}
