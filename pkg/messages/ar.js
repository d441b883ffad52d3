/** Arabic, with its six plural forms. A title and features are set apart (U+2068 … U+2069), as they may run the other way. */
const title = "\u2068{title}\u2069";
const shared = "\u2068{shared}\u2069";

/**
 * Return the forms of a counted noun. In some of them the noun itself says the number.
 * @param {string} none @param {string} one @param {string} two @param {string} few @param {string} many
 */
const counted = (none, one, two, few, many) => ({ zero: none, one, two, few, many, other: many });

export default Object.freeze({
  heading: "أيّ هذه الأعمال تعرف؟",
  intro: "أجب عمّا تعرفه. كل إجابة تحسّن قائمتك فورًا، ولا تغادر هذا الجهاز.",
  progress: "الإجابات حتى الآن",
  progressText: "تمت الإجابة عن {count} من {goal}",
  progressDone: counted("لا إجابات بعد", "إجابة واحدة", "إجابتان", "{count} إجابات", "{count} إجابة"),
  minLeft: counted("يمكنك المتابعة", "بقي عمل واحد لتتمكن من المتابعة", "بقي عملان لتتمكن من المتابعة", "بقيت {count} أعمال لتتمكن من المتابعة", "بقي {count} عملًا لتتمكن من المتابعة"),
  goalLeft: counted("يمكنك المتابعة", "يمكنك المتابعة، وعمل آخر يحسّن القائمة", "يمكنك المتابعة، وعملان آخران يحسّنان القائمة", "يمكنك المتابعة، و{count} أعمال أخرى تحسّن القائمة", "يمكنك المتابعة، و{count} عملًا آخر يحسّن القائمة"),
  goalDone: "هذا يكفي، ويمكنك الإضافة إن شئت",
  valueMissing: counted("أجب عن الأسئلة.", "أجب عن عمل واحد على الأقل.", "أجب عن عملين على الأقل.", "أجب عن {count} أعمال على الأقل.", "أجب عن {count} عملًا على الأقل."),

  search: "البحث بالاسم",
  searchLabel: "الأعمال التي عُثر عليها",
  searchNone: "لم يُعثر على أي عمل",
  searchResults: counted("لم يُعثر على أي عمل", "عُثر على عمل واحد", "عُثر على عملين", "عُثر على {count} أعمال", "عُثر على {count} عملًا"),

  tiles: "أعمال للإجابة عنها",
  like: "أعجبني",
  dislike: "لم يعجبني",
  unknown: "لم أشاهده",
  stars: counted("بلا نجوم", "نجمة واحدة", "نجمتان", "{count} نجوم", "{count} نجمة"),
  liked: "أعجبك",
  disliked: "لم يعجبك",
  unseen: "لم تشاهده",
  undo: "تراجع",
  others: "عرض أعمال أخرى",
  undoLast: "التراجع عن الأخيرة",
  reset: "البدء من جديد",
  empty: "لقد مررت على جميع الأعمال.",

  skip: "التخطي الآن",
  skipped: "تم التخطي حاليًا.",
  resume: "الإجابة الآن",

  answers: "إجاباتك",
  change: `${title}: {value}. تغيير`,
  remove: "إزالة",
  remembered: "محفوظة في هذا المتصفح فقط.",
  forget: "حذف إجاباتي",

  start: "اقتراح أول",
  startNote: "أعمال تنال إعجاب الكثيرين، قبل إجاباتك.",
  recommended: "مختارة لك",
  recommendedNote: counted("تُحدَّث مع كل إجابة.", "بناءً على إجابة واحدة، وتُحدَّث مع كل إجابة.", "بناءً على إجابتين، وتُحدَّث مع كل إجابة.", "بناءً على {count} إجابات، وتُحدَّث مع كل إجابة.", "بناءً على {count} إجابة، وتُحدَّث مع كل إجابة."),
  becauseLiked: `لأنك أُعجبت بـ ${title}`,
  becauseRated: counted(`بناءً على تقييمك ${title}`, `لأنك منحت ${title} نجمة واحدة`, `لأنك منحت ${title} نجمتين`, `لأنك منحت ${title} {count} نجوم`, `لأنك منحت ${title} {count} نجمة`),
  becauseDisliked: `لأن ${title} لم ينل إعجابك`,
  also: `{because} · أيضًا ${shared}`,
  becauseShared: counted(`بناءً على ما أعجبك: ${shared}`, `بناءً على عمل أعجبك: ${shared}`, `بناءً على عملين أعجباك: ${shared}`, `بناءً على {count} أعمال أعجبتك: ${shared}`, `بناءً على {count} عملًا أعجبك: ${shared}`),
  becauseSeveral: counted("بناءً على ما أعجبك", "بناءً على عمل أعجبك", "بناءً على عملين أعجباك", "بناءً على {count} أعمال أعجبتك", "بناءً على {count} عملًا أعجبك"),
  becauseAnswers: counted("بناءً على إجاباتك", "بناءً على إحدى إجاباتك", "بناءً على اثنتين من إجاباتك", "بناءً على {count} من إجاباتك", "بناءً على {count} من إجاباتك"),
  widelyLiked: "ينال إعجاب الكثيرين",
  movedUp: counted("في المركز نفسه", "صعد مركزًا واحدًا", "صعد مركزين", "صعد {count} مراكز", "صعد {count} مركزًا"),
  fresh: "جديد",

  saidLike: `أعجبك ${title}.`,
  saidDislike: `لم يعجبك ${title}.`,
  saidUnknown: `لم تشاهد ${title}.`,
  saidStars: counted(`${title}: بلا نجوم.`, `${title}: نجمة واحدة.`, `${title}: نجمتان.`, `${title}: {count} نجوم.`, `${title}: {count} نجمة.`),
  saidUndo: `تم التراجع عن ${title}.`,
  saidReset: "تم التراجع عن جميع الإجابات.",
  saidRestored: "عادت إجاباتك.",
  saidOthers: counted("لا أعمال أخرى.", "عمل واحد آخر.", "عملان آخران.", "{count} أعمال أخرى.", "{count} عملًا آخر."),
  saidUpdate: "{progress}. تم تحديث التوصيات.",

  pickHeading: "اختر ما يعجبك",
  pickIntro: "كل اختيار يحسّن قائمتك فورًا، ولا يغادر هذا الجهاز. اضغط مرة أخرى للتراجع عنه.",
  pickProgress: "الاختيارات حتى الآن",
  pickProgressText: "تم اختيار {count} من {goal}",
  pickProgressDone: counted("لا اختيارات بعد", "اختيار واحد", "اختياران", "{count} اختيارات", "{count} اختيارًا"),
  pickValueMissing: counted("اختر من الأعمال.", "اختر عملًا واحدًا على الأقل.", "اختر عملين على الأقل.", "اختر {count} أعمال على الأقل.", "اختر {count} عملًا على الأقل."),
  pickTiles: "أعمال للاختيار منها",
  pickLiked: "تم اختياره",
  pickResume: "الاختيار الآن",
  pickAnswers: "اختياراتك",
  pickRemove: `التراجع عن ${title}`,
  pickForget: "حذف اختياراتي",
  pickStartNote: "ما يُرجَّح أن ينال إعجابك، قبل أول اختيار.",
  pickRecommendedNote: counted("تُحدَّث مع كل اختيار.", "بناءً على اختيار واحد، وتُحدَّث مع كل اختيار.", "بناءً على اختيارين، وتُحدَّث مع كل اختيار.", "بناءً على {count} اختيارات، وتُحدَّث مع كل اختيار.", "بناءً على {count} اختيارًا، وتُحدَّث مع كل اختيار."),
  pickBecauseLiked: `لأنك اخترت ${title}`,
  pickBecauseShared: counted(`بناءً على اختياراتك: ${shared}`, `بناءً على أحد اختياراتك: ${shared}`, `بناءً على اثنين من اختياراتك: ${shared}`, `بناءً على {count} من اختياراتك: ${shared}`, `بناءً على {count} من اختياراتك: ${shared}`),
  pickBecauseSeveral: counted("بناءً على اختياراتك", "بناءً على أحد اختياراتك", "بناءً على اثنين من اختياراتك", "بناءً على {count} من اختياراتك", "بناءً على {count} من اختياراتك"),
  pickSaidLike: `اخترت ${title}.`,
  pickSaidReset: "تم التراجع عن جميع الاختيارات.",
  pickSaidRestored: "عادت اختياراتك.",

  loading: "جارٍ التحميل…",
  failed: "التوصيات غير متاحة الآن",
  failedNetwork: "انقطع الاتصال. كل ما عداها يعمل كالمعتاد.",
  failedWasm: "لا يسمح هذا المتصفح أو هذه الصفحة بتشغيل WebAssembly. كل ما عدا التوصيات يعمل كالمعتاد.",
  failedWorker: "توقّف النموذج عن العمل على هذا الجهاز. كل ما عداه هنا يعمل.",
  failedBundle: "البيانات التي وصلت تالفة أو من إصدار آخر. كل ما عدا التوصيات يعمل كالمعتاد.",
  retry: "إعادة المحاولة",
});
