using OpenCvSharp;

class Uses
{
    static async Task Directly(Mat target, byte[] data)
    {
        using var image = Cv2.ImRead("a.jpg"); //! AGD0104
        Cv2.ImWrite("b.png", image); //! AGD0104
        Cv2.GaussianBlur(image, target, new Size(5, 5), 0); //! AGD0106
        Cv2.ImEncode(".png", image, out var buffer); //! AGD0106
        using var decoded = Cv2.ImDecode(data, ImreadModes.Color); //! AGD0106
        using var capture = new VideoCapture("a.mp4"); //! AGD0104
        capture.Read(target); //! AGD0104
        Cv2.WaitKey(30); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(VideoCapture capture, Mat target)
    {
        Next(capture, target); //! AGD0105
        await Task.Yield();
    }

    static bool Next(VideoCapture capture, Mat target) => capture.Read(target);
}
