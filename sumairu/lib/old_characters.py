"""Characters in their older or variant forms, and those that are written today.

>>> "廣島縣 瀧澤 髙﨑 鷗".translate(TODAYS)
'広島県 滝沢 高崎 鴎'

A form that texts and names keep means the same character, so that whoever looks for one finds the other. What NFKC
brings together by itself (the compatibility ideographs) is left out.
"""

# 常用漢字表 (平成22年内閣告示第2号): the older forms that it gives in brackets.
_COMMON = (
    "乘亂亞佛來倂假傳僞價儉兒兩剩劍劑勞勳勵勸區卷卽參單嚴囑圈國圍圓圖團增墮壓壘壞壤壯壹壽奧奬孃學寢實寫寬"
    "寶將專對屆屬峽嶽巢帶廢廣廳彈彌徑從徵德恆惠惡惱愼慘應懷戀戰戲戾拂拔拜挾插揭搖搜擇擊擔據擧擴攝收效敍敕"
    "數斷晚晝曆曉曾會條棧榮槪樂樓樞樣橫檢櫻權歐歡步歷歸殘殼毆每氣涉淚淨淺渴溪溫滯滿潛澁澤濕濟濱瀧瀨灣燈燒"
    "營爐爭爲犧狀狹獨獵獸獻甁畫當疊瘦癡發盜盡眞硏碎祕禪禮稱稻穗穩竊竝粹絲經綠緖緣縣縱總繩繪繼續纖缺罐聲聽"
    "肅腦膽臟臺與舊艷莊莖萬薰藏藝藥處虛號螢蟲蠶蠻衞裝襃覺覽觀觸謠證譯譽讀變讓豐豫貳賣賴贊踐輕轉辭遞遲邊郞"
    "鄕醉醫釀釋錄錢鍊鎭鐵鑄鑛關陷隨險隱雙雜霸靈靜顯飜餘騷驅驗驛髓體髮鬭鷄鹽麥麵黃黑默點黨齊齋齒齡龍辨瓣辯辦",
    "乗乱亜仏来併仮伝偽価倹児両剰剣剤労勲励勧区巻即参単厳嘱圏国囲円図団増堕圧塁壊壌壮壱寿奥奨嬢学寝実写寛"
    "宝将専対届属峡岳巣帯廃広庁弾弥径従徴徳恒恵悪悩慎惨応懐恋戦戯戻払抜拝挟挿掲揺捜択撃担拠挙拡摂収効叙勅"
    "数断晩昼暦暁曽会条桟栄概楽楼枢様横検桜権欧歓歩歴帰残殻殴毎気渉涙浄浅渇渓温滞満潜渋沢湿済浜滝瀬湾灯焼"
    "営炉争為犠状狭独猟獣献瓶画当畳痩痴発盗尽真研砕秘禅礼称稲穂穏窃並粋糸経緑緒縁県縦総縄絵継続繊欠缶声聴"
    "粛脳胆臓台与旧艶荘茎万薫蔵芸薬処虚号蛍虫蚕蛮衛装褒覚覧観触謡証訳誉読変譲豊予弐売頼賛践軽転辞逓遅辺郎"
    "郷酔医醸釈録銭錬鎮鉄鋳鉱関陥随険隠双雑覇霊静顕翻余騒駆験駅髄体髪闘鶏塩麦麺黄黒黙点党斉斎歯齢竜弁弁弁弁",
)
# 戸籍法施行規則 別表第二 (characters for names), and forms of JIS X 0208 and 0213 that stand beside one another.
_BESIDE = (
    "飮銳悅閱顏龜敎戶吳娛吿歲產舍尙靑淸稅說絕脫內餠舖沒隸籠堯巖摑彥槇瑤禰禱祿穰簞聰遙啞噓穎鷗軀鶯攪麴鹼嚙"
    "繡蔣醬搔屛幷濾蘆蠟彎焰礦讚顚巓醱潑輛繫瀆儘藪蠅驒亙凜晄晉萠鬥鬪鬬雞",
    "飲鋭悦閲顔亀教戸呉娯告歳産舎尚青清税説絶脱内餅舗没隷篭尭巌掴彦槙瑶祢祷禄穣箪聡遥唖嘘頴鴎躯鴬撹麹鹸噛"
    "繍蒋醤掻屏并沪芦蝋弯焔砿讃顛巔醗溌輌繋涜侭薮蝿騨亘凛晃晋萌闘闘闘鶏",
)
# What names of people and places have beside these.
_IN_NAMES = ("髙﨑濵邉嶋嶌舘别桧冨桒栁𠮷槗桺", "高崎浜辺島島館別檜富桑柳吉橋柳")

TODAYS = {ord(old): today for forms in (_COMMON, _BESIDE, _IN_NAMES) for old, today in zip(*forms, strict=True)}
