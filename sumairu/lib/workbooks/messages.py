"""All that the reader says to people: why a file is refused, why a number is left out or to be mended, what to know.

Sentences with something to be filled in are filled by `format`.
"""

# --- What to do now ----------------------------------------------------------------------------------------------

SEND_AGAIN = "もとのファイルをExcelで開けるか確かめ、保存し直してから、もう一度選んでください。"
SAVE_AS_XLSX = (
    "Excelで開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直したファイルを選んでください。"
)
CHOOSE_ANOTHER = "数値の入ったもとの表のファイル（.xlsx など）を選んでください。"
PASTE_VALUES = "取り込む表だけを新しいブックへ値として貼り付け、そのファイルを選んでください。"


def _damaged(what: str) -> str:
    return f"ファイルが壊れています（{what}）。{SEND_AGAIN}"


# --- Files that are refused --------------------------------------------------------------------------------------

EMPTY_FILE = f"ファイルが空です（0バイト）。{SEND_AGAIN}"
FILE_TOO_LARGE = (
    "ファイルが大きすぎます（{size:,.1f} MB）。読み取れるのは {most} MB"
    "までです。写真や要らないシートを除くか、シートごとにファイルを分けてください。"
)
TEXT_TOO_LARGE = (
    "ファイルが大きすぎます（{size:,.1f} MB）。読み取れるのは {most} MB までです。"
    "年度や地域ごとに行を分けたファイルにするか、要らない列を除いて保存し直したファイルを選んでください。"
)
UNPACKS_TOO_LARGE = (
    "展開すると異常に大きくなるファイルです（{size:,.1f} MB が {unpacked:,.0f} MB になります）。"
    "安全のため開きません。要る表だけを新しいブックへ値として貼り付け、そのファイルを選んでください。"
)
LOCKED = (
    "パスワードで保護（暗号化）されたブックです。Excelでパスワードを入れて開き、［ファイル］→［情報］→"
    "［ブックの保護］→［パスワードを使用して暗号化］でパスワードを消して保存し直したファイルを選んでください。"
)
LOCKED_BY_ITSELF = (
    f"{LOCKED}パスワードを決めた覚えがないときは、［校閲］→［ブックの保護］を解いて保存し直してください。"
)
ZIP_LOCKED = f"圧縮ファイルにパスワードがかかっています。パスワードを外してください。{CHOOSE_ANOTHER}"
NO_ZIP = f"ファイルが壊れていて開けません（zipとして読めません）。{SEND_AGAIN}"
ODD_COMPRESSION = f"Excelが使わない方法で圧縮されていて開けません。{SAVE_AS_XLSX}"
PARTS_NAMED_ALIKE = _damaged("同じ名前の部品が二つあります")
PART_MISPLACED = _damaged("{part} の場所が違います")
PART_LARGER_THAN_SAID = _damaged("{part} が申告より大きく展開されます")
PART_CUT_OFF = _damaged("{part} の中身が欠けています")
PART_NOT_INFLATED = _damaged("{part} を展開できません")
PART_NO_XML = _damaged("{part} がXMLとして読めません")
NO_CONTENT = _damaged("中身がありません")
UNREADABLE_FILE = f"ファイルが壊れていて読み取れません。{SEND_AGAIN}"
HAS_DOCTYPE = (
    "Excelが書かない宣言（DOCTYPE）を含むファイルです。安全のため開きません。"
    "Excelで開いて保存し直したファイルを選んでください。"
)

WORD, SLIDES = "Wordの文書", "PowerPointのスライド"
PNG, JPEG, GIF, BMP, TIFF = "画像（PNG）", "画像（JPEG）", "画像（GIF）", "画像（BMP）", "画像（TIFF）"
RTF, SEVEN_ZIP, RAR, GZIP = "文書（RTF）", "圧縮ファイル（7z）", "圧縮ファイル（RAR）", "圧縮ファイル（gzip）"
ANOTHER_KIND_OF_FILE = f"これは{{what}}で、Excelブックではありません。{CHOOSE_ANOTHER}"
BINARY_WORKBOOK = f"バイナリ形式のブック（.xlsb）です。この形式は読み取れません。{SAVE_AS_XLSX}"
ANOTHER_ZIP = (
    f"zipファイルですが、Excelブックではありません。zipで届いたときは中身を取り出してください。{CHOOSE_ANOTHER}"
)
ANOTHER_OLD_FILE = f"古い形式のOffice文書ですが、Excelブックではありません。{CHOOSE_ANOTHER}"
WEB_PAGE = f"名前は表でも、中身はウェブページ（HTML）です。{SAVE_AS_XLSX}"
XML_SPREADSHEET = f"XML スプレッドシート 2003 形式のブックです。この形式は読み取れません。{SAVE_AS_XLSX}"
FLAT_OPEN_DOCUMENT = (
    "一つのXMLファイルになった OpenDocument の表（.fods）です。この形式は読み取れません。"
    "「名前を付けて保存」で「ODF 表計算ドキュメント (.ods)」か「Excel ブック (*.xlsx)」を選んで保存し直したファイルを選んでください。"
)
PLAIN_TEXT = (
    "これは文字だけのファイルで、Excelブックではありません。カンマやタブで区切った表なら、"
    f"名前の終わりを .csv か .tsv に変えてください。そうでなければ、{CHOOSE_ANOTHER}"
)
NO_WORKBOOK = f"Excelブックではないか、壊れているファイルです。{SEND_AGAIN}"

NO_SHEET_LIST = _damaged("シートの一覧がありません")
SHEETS_NAMED_ALIKE = _damaged("同じ名前のシートが二つあります")
SHEET_WITHOUT_CONTENT = _damaged("シート「{sheet}」の中身がありません")
NO_SUCH_COLUMN = _damaged("「{letters}」という列はありません")
NO_SUCH_ROW_OR_COLUMN = _damaged("「{number}」という行・列はありません")
NESTED_CELLS = _damaged("セルの中に別のセルがあります")
TOO_MANY_HIDDEN_COLUMNS = _damaged("非表示の列の指定が列より多くあります")
BEYOND_THE_LAST_CELL = _damaged("表計算の最後の行・列より先に値があります")
NO_NUMBER_OF_TIMES = _damaged("「{digits}」回のくり返しがあります")
SHEET_TOO_LARGE = (
    "シート「{sheet}」が大きすぎて広げられません（{corner} まで使われています）。"
    "表から離れたところにある値や要らない行・列を削除し、保存し直したファイルを選んでください。"
)
SHEET_NAME_ODD = (
    "シートの名前「{sheet}」が、長すぎるか、二つのシートのものです。"
    "{most}文字までの別の名前に直して保存し直したファイルを選んでください。"
)
TOO_MANY_MERGED_CELLS = (
    "シート「{sheet}」の結合したセルが多すぎます。列や表の全体にわたる結合を解き、保存し直してください。"
)
TEXT_TOO_LONG = (
    "シート「{sheet}」の {cell} の文字が長すぎます（{letters:,}文字。1つのセルに{most:,}文字まで）。"
    "表でない文章を除いて保存し直したファイルを選んでください。"
)
TOO_MUCH_TEXT = (
    "文字が多すぎます（シート「{sheet}」の {cell} までで{most:,}文字を超えました）。"
    "長い文章のある列を除くか、シートごとにファイルを分けてください。"
)
FORMAT_TOO_LONG = (
    "セルの表示形式が長すぎます（「{start}」で始まるもの、{letters:,}文字。{most}文字まで）。"
    "その書式のセルを「標準」に直し、保存し直したファイルを選んでください。"
)
TOO_MANY_STYLES = f"セルの書式の種類が多すぎます（{{styles:,}}種類。{{most:,}}種類まで）。{PASTE_VALUES}"
TOO_MANY_COLUMN_RANGES = f"列の幅や表示の指定が多すぎます（{{most:,}}か所まで）。{PASTE_VALUES}"

# --- Tables of text ----------------------------------------------------------------------------------------------

COMMA, TAB, SEMICOLON = "カンマ", "タブ", "セミコロン"
SHIFT_JIS = "シフトJIS（CP932）"
EUC_JP = "EUC-JP"
OR, AND = "か", "と"
READ_AS = "文字コードは{encoding}、区切りは{delimiter}として読みました。"
CONTROL_CHARACTER = f"表の文字でないものが{{line:,}}行目にあります。CSVでないか、壊れているファイルです。{SEND_AGAIN}"
ENCODING_UNKNOWN = (
    "文字コードを{encodings}として読めません（{line:,}行目に読めない文字があります）。"
    "Excelの「名前を付けて保存」で「CSV UTF-8」を選んで保存し直したファイルを選んでください。"
)
ENCODING_IN_TWO_WAYS = (
    "文字コードがシフトJIS（CP932）かEUC-JPか決まりません。"
    "Excelの「名前を付けて保存」で「CSV UTF-8」を選んで保存し直したファイルを選んでください。"
)
DELIMITER_UNKNOWN = (
    "{delimiters}のどちらで区切った表か決まりません。Excelのブック（.xlsx）で保存し直したファイルを選んでください。"
)
TOO_MANY_ROWS_OR_COLUMNS = "行か列が多すぎます（{line:,}行目）。取り込む表だけのファイルを選んでください。"
QUOTES_ODD = '{line:,}行目の「"」の囲みが正しくありません。もとのファイルを確かめ、保存し直してください。'
NUMBERS_CUT = (
    '{row:,}番目の行は、見出しの行より列が多くあります。数値の桁区切りのカンマを「"」で囲むか、'
    "桁区切りのない数値にして保存し直したファイルを選んでください。"
)

# --- What to know of a file --------------------------------------------------------------------------------------

MACROS = "マクロの入ったブックです。マクロは動かさず、保存されている値だけを読みました。"
OTHER_BOOKS = "ほかのブックを参照する式があります。最後に保存されたときの値を読みました。"
SHEET_HIDDEN = "シート「{sheet}」は非表示です。その数値は取り込みません。"
ROWS_HIDDEN = (
    "シート「{sheet}」に非表示の行が{rows:,}行あります（フィルターで隠れた行を含みます）。その数値は取り込みません。"
)
COLUMNS_HIDDEN = "シート「{sheet}」に非表示の列があります（{letters}）。その数値は取り込みません。"
AND_OTHERS = " など"

# --- Cells that nobody sees, or that show no value ---------------------------------------------------------------

ROW_HIDDEN = "非表示の行にあります。"
COLUMN_HIDDEN = "非表示の列にあります。"
COVERED = "結合したセルに隠れていて見えません。"
ERROR_VALUE = "エラー値（{value}）です。式の参照先を直して、保存し直してください。"
NO_RESULT = "式の計算結果が保存されていません。Excelで開き、計算された値が見えることを確かめて保存し直してください。"

# --- In a workbook that the portal gave back to be mended --------------------------------------------------------

# Behind this line stands in a comment what the portal says itself.
OUR_COMMENT = "住まいる北海道から"
# The sheet that lists what is to be mended.
MENDING_LIST = "直してほしいところ"

# --- Tables, columns and rows ------------------------------------------------------------------------------------

TWO_IN_ONE = "上段と下段に別の数値がある表です。どちらの数値か決まりません。列か行を分けてください。"
JOINT_CELL = "結合したセルがいくつもの行や列にまたがり、どれの数値か決まりません。"
COLUMN_WITHOUT_HEADER = "列の見出しがないため、何の数値か分かりません。"
COLUMN_OF_CLASSES = "区分を表す番号の列（「{header}」）です。"
COLUMN_OF_NOTES = "備考の列（「{header}」）です。"
COLUMN_SET_APART = "{what}の列（「{header}」）です。"
COLUMN_OF_NO_YEAR = "「{path}」の列は、何年度のものかが書かれていません。年度が入る見出しにすると読み取れます。"
COLUMN_OF_NO_STAGE = (
    "「{path}」の列は、どの段階の額か決まりません（補正は、増減の額か補正後の額か）。"
    "補正後の額なら、見出しを「２月補正後」のようにすると読み取れます。"
)
COLUMN_OF_DIGITS = (
    "金額か分からない小さな数の列です。ほかの列は大きな額なので、区分の番号や指数かもしれません。"
    "金額なら、見出しに「（千円）」のように単位を入れると読み取れます。"
)
ROW_WITHOUT_HEADER = "行の見出しがないため、だれの数値か分かりません。"
ROW_OF_NOTES = "注記の行（「{label}」）です。"
TABLE_SET_APART = "{what}の表（「{title}」）です。"
ROW_OF_A_MONTH = "{what}の行（「{header}」が「{text}」）です。"
ROW_SET_APART = "{what}の行（「{label}」）です。"
ROW_OF_NO_YEAR = "「{label}」の行は、何年度のものかが書かれていません。年度が入る見出しにすると読み取れます。"
ROW_OF_A_DITTO = "「{text}」が何を指すか分かりません。"
CODES_DIFFER = "団体コードが食い違っています（{codes}）。"
YEARS_OF_ROW_DIFFER = "年度の列どうしが食い違っています（{years}）。"
YEARS_DIFFER = "年度が食い違っています（見出しは{column}年度、行は{row}年度）。"
CALENDAR_YEARS_DIFFER = "年が食い違っています（見出しは{column}年、行は{row}年）。"
STAGES_DIFFER = "段階が食い違っています（見出しは{column}、行は{row}）。"
STAGE_UNKNOWN = "段階「{stage}」が、{stages}のどれか分かりません。"
SUPPLEMENT_WITHOUT_STAGE = "補正「{supplement}」の行に、段階（{stages}）がありません。"
TITLE_OF_NO_STAGE = "「{title}」が、どの段階の額か決まりません（補正は、増減の額か補正後の額か）。"
NUMBER_IN_BRACKETS = "かっこ書きの数です（表に、{meant}とあります）。"
UNIT_OF_NEITHER = "金額・人数・件数・比率のどれでもない数値（単位：{unit}）です。"
FISCAL_YEAR = "{year}年度"
IN_TITLE, IN_SHEET_NAME, AS_CORRECTED = "表題", "シート名", "読み方"

# --- Numbers -----------------------------------------------------------------------------------------------------

MARK_OF_NO_VALUE = "値がないことを表す記号です。ゼロとはしません。"
SAID_IN_PLACE = "「{text}」と書かれています。数値はないものとします。"
ON_A_HIDDEN_SHEET = "非表示のシートにあります。"
OUTSIDE_A_TABLE = "表の外にある数値です。"
TOO_MANY_FIGURES = "数値が多すぎます（{most:,}件を超えています）。年度やシートごとに分けたファイルを選んでください。"
TOO_MANY_OTHERS = f"取り込めない数値が多すぎます（{{most:,}}件を超えています）。{PASTE_VALUES}"
TOTAL_DISAGREES = "「{name}」が内訳の計より {difference} {more}です（内訳の計 {parts}）。"
LARGER, SMALLER = "大きい", "小さい"
TOTAL = "合計"
OTHERS_DISAGREE_TOO = "ほかに{others:,}か所で、同じように合いません。"

# --- The process that reads --------------------------------------------------------------------------------------

TOO_LARGE_TO_READ = (
    "読み取るのに必要なメモリが多すぎるため、中止しました。取り込む表だけを新しいブックへ値として貼り付けるか、"
    "シートごとにファイルを分けてください。"
)
TOO_LONG_TO_READ = "読み取りに時間がかかりすぎるため、中止しました。シートごと、年度ごとにファイルを分けてください。"
UNEXPECTED = (
    "読み取りの途中で思わぬ誤りが起きました。このファイルのどこかが想定と違います。"
    "取り込む表だけを新しいブックへ値として貼り付けて試し、管理者にこのファイルを知らせてください。"
)
NO_SUCH_SHEET = "このシートはブックにありません。ブックを選び直してください。"

# --- Corrections -------------------------------------------------------------------------------------------------

USE_FIGURES, USE_LABEL, USE_LEAVE_OUT = "数値", "だれの・何の数値か（名前）", "読まない"
USE_CODE, USE_YEAR, USE_STAGE = "団体コード", "年度", "段階"
COLUMN_LEFT_OUT = "読み方で、読まない列にしました。"
ROW_LEFT_OUT = "読み方で、読まない行にしました。"
ROWS_UNREADABLE = "「{text}」は行の番号として読めません。186, 187-190 のように入れてください。"
ROWS_BACKWARDS = "「{text}」は、はじめの行がおわりの行より後です。"
ROWS_NOT_THERE = "{row}行目は、このシートにありません（{height}行まで）。"
