//! Traditional characters of the words that lists and rules look for, so that a page in traditional script is read, too.
//!
//! Only characters that simplified text does not have, each with one simplified form (《通用规范汉字表》 2013, appendix 1):
//! no knowledge of words is needed. This is no converter.

use std::sync::OnceLock;

/// Traditional and simplified in turn.
const PAIRS: &str = "業业專专東东絲丝兩两嚴严喪丧個个豐丰臨临為为麗丽舉举義义烏乌樂乐喬乔習习鄉乡書书買买亂乱爭争於于虧亏雲云\
亞亚產产畝亩親亲億亿僅仅從从倉仓儀仪們们價价眾众優优會会傘伞偉伟傳传傷伤倫伦偽伪體体餘余傭佣偵侦側侧僑侨債债傾倾償偿儲储\
兒儿黨党蘭兰關关興兴養养獸兽內内岡冈冊册寫写軍军農农馮冯沖冲決决況况凍冻淨净準准減减湊凑幾几鳳凤憑凭凱凯擊击劃划劉刘則则剛刚創创\
刪删別别劑剂劍剑劇剧勸劝辦办務务動动勵励勁劲勞劳勢势區区醫医華华協协單单賣卖盧卢衛卫廠厂廳厅歷历壓压厭厌縣县參参雙双發发變变\
敘叙葉叶號号嘆叹聽听員员嗎吗啟启吳吴響响問问噴喷團团園园圍围國国圖图圓圆聖圣場场壞坏塊块堅坚壇坛墳坟墜坠壟垄牆墙壯壮聲声殼壳處处\
備备複复夠够頭头夾夹奪夺奮奋獎奖婦妇媽妈嬌娇婁娄嬰婴孫孙學学寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾導导將将爾尔塵尘嘗尝層层屬属\
嶺岭島岛崗岗幣币帥帅師师帳帐帶带幫帮幹干廣广莊庄慶庆廬庐庫库應应廟庙廢废開开異异棄弃張张彌弥彎弯彈弹強强歸归當当錄录徹彻徑径\
徠徕憶忆懷怀態态憐怜總总戀恋懇恳惡恶惱恼懸悬驚惊懼惧慘惨慣惯願愿懶懒戲戏戰战戶户撲扑執执擴扩掃扫揚扬擾扰撫抚拋抛搶抢護护報报擔担\
擬拟攏拢揀拣擁拥攔拦擰拧撥拨擇择掛挂擋挡揮挥撈捞損损撿捡換换搗捣據据捲卷擲掷撣掸攙搀攬揽攝摄擺摆搖摇攤摊敵敌數数齋斋鬥斗斷断無无\
舊旧時时曠旷曇昙晝昼顯显晉晋曬晒曉晓暈晕暫暂術术樸朴機机殺杀雜杂權权條条來来楊杨極极構构樞枢棗枣櫃柜檸柠標标棧栈欄栏樹树樣样橋桥\
檔档夢梦檢检樓楼歡欢歐欧歲岁殘残毀毁畢毕氣气漢汉湯汤溝沟沒没瀝沥淪沦滄沧滬沪澤泽潔洁灑洒淺浅漿浆澆浇測测濟济渾浑濃浓濤涛澇涝潤润\
漲涨澀涩淵渊漁渔滲渗溫温灣湾濕湿滯滞滿满濾滤濫滥濱滨灘滩災灾爐炉點点煉炼爛烂煩烦燒烧燙烫熱热愛爱爺爷牽牵犧牺狀状猶犹獨独獅狮獄狱\
獵猎獻献瑪玛環环現现璽玺電电畫画暢畅療疗瘋疯癢痒癮瘾皺皱盞盏鹽盐監监蓋盖盤盘碼码磚砖礎础碩硕確确礙碍禮礼禍祸離离種种積积稱称穩稳\
窮穷竅窍窯窑競竞筆笔筍笋築筑篩筛簽签簡简籃篮類类糧粮緊紧糾纠紅红約约級级紀纪緯纬純纯紗纱納纳縱纵紛纷紙纸紋纹紡纺線线練练組组細细織织\
終终紹绍經经結结繞绕繪绘給给絡络絕绝統统絹绢繡绣繼继績绩緒绪續续繩绳維维綿绵綜综綠绿網网緩缓編编緣缘縮缩繳缴罰罚羅罗罷罢職职聯联聰聪\
肅肃腸肠膚肤腫肿脹胀腎肾勝胜膠胶腦脑膽胆臉脸臟脏艙舱艦舰藝艺節节蘇苏蘋苹範范薦荐藥药蕩荡榮荣薩萨營营蕭萧藍蓝虛虚蟲虫雖虽蝦虾蠻蛮\
補补襯衬裝装見见觀观規规視视覽览覺觉觸触譽誉計计訂订認认討讨讓让訓训議议訊讯記记講讲許许論论設设訪访證证評评識识詐诈訴诉診诊詞词試试詩诗\
話话誠诚該该詳详語语誤误誘诱說说請请諸诸諾诺讀读課课誰谁調调談谈謀谋謊谎謝谢謠谣譯译貝贝貞贞負负財财責责賢贤敗败賬账貨货質质販贩貪贪貧贫\
購购貫贯貼贴貴贵貸贷貿贸費费賀贺賊贼資资賭赌賞赏賜赐賠赔賴赖賺赚賽赛贈赠贏赢趕赶躍跃踐践車车軌轨軟软輪轮轉转載载輕轻較较輔辅輛辆輸输\
轄辖邊边遼辽達达遷迁過过運运還还這这進进遠远違违連连遲迟適适選选遜逊遞递邏逻遺遗鄧邓鄭郑鄰邻醬酱釀酿釋释針针釘钉鉤钩鋼钢鈔钞鐘钟鋪铺\
錢钱鑽钻鐵铁鈴铃鉛铅銀银銅铜銘铭鏈链銷销鎖锁鋒锋錯错錦锦鍵键鍋锅鍛锻鎮镇鏡镜長长門门閃闪閉闭間间閑闲聞闻閱阅闊阔隊队陽阳陰阴陣阵階阶\
際际陸陆陳陈險险隨随隱隐難难雞鸡靈灵霧雾靜静頁页頂顶項项順顺須须頑顽顧顾頓顿預预領领頗颇頻频顆颗題题顏颜額额風风飛飞飯饭飲饮飾饰飽饱\
餅饼餓饿館馆饋馈馬马駕驾馳驰驗验騎骑騙骗髒脏魚鱼鮮鲜鳥鸟鴨鸭鴻鸿麥麦黃黄齊齐齒齿龍龙龜龟";

const FIRST: u32 = 0x4e00;

/// The simplified form of a traditional character that is known here; any other character as it is.
pub(super) fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<char> = (FIRST..=0x9fff).filter_map(char::from_u32).collect();
        let mut pairs = PAIRS.chars();
        while let (Some(traditional), Some(simple)) = (pairs.next(), pairs.next()) {
            if let Some(place) = place(traditional).and_then(|place| table.get_mut(place)) {
                *place = simple;
            }
        }
        table
    });
    place(c).and_then(|place| table.get(place)).copied().unwrap_or(c)
}

fn place(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_pair_is_two_characters_of_the_common_block_and_stands_there_once() {
        let (mut traditional, mut simple) = (HashSet::new(), HashSet::new());
        let pairs: Vec<char> = PAIRS.chars().collect();
        assert_eq!(pairs.len() % 2, 0);
        for pair in pairs.chunks(2) {
            assert!(traditional.insert(pair[0]), "{} is there twice", pair[0]);
            simple.insert(pair[1]);
        }
        let both: String = traditional.intersection(&simple).collect();
        assert_eq!(both, "", "simplified text has it, too");
        for c in pairs {
            assert!(place(c).is_some_and(|place| place < 0x5200) && c.len_utf8() == 3, "{c}");
        }
    }

    #[test]
    fn other_characters_stay() {
        for c in ['样', '乾', '后', 'A', '，', '\u{3400}', '\u{20000}'] {
            assert_eq!(simplified(c), c);
        }
    }
}
