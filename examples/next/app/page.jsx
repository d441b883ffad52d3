import { Taste } from "./Taste.jsx";

export default function Page() {
  return (
    <main>
      <h1>Welcome</h1>
      <Taste />
    </main>
  );
}
