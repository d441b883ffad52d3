"use client";
import "fewclicks";
import { useState } from "react";

const MESSAGES = { heading: "What have you seen?" };

export function Taste() {
  const [recommendations, setRecommendations] = useState([]);
  return (
    <>
      <few-clicks
        bundle="/bundle"
        messages={MESSAGES}
        onrecommend={({ detail }) => setRecommendations(detail.recommendations)}
      />
      <h2>For you</h2>
      <ol id="list">{recommendations.map(({ item }) => <li key={item.id}>{item.title}</li>)}</ol>
    </>
  );
}
